import { surviveTranslation } from "@/components/translation/survive-translation";

surviveTranslation();
