import { BarePage } from "@/components/shell/bare-page";
import { NotFoundPage } from "@/components/shell/not-found-page";

export default function NotFound() {
  return (
    <BarePage>
      <NotFoundPage />
    </BarePage>
  );
}
