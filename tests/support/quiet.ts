import { log } from "@/lib/log";

log.level = "silent";
