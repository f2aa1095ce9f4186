import { BarePage } from "@/components/shell/bare-page";
import { Missing } from "@/components/shell/missing";

export default function NotFound() {
  return (
    <BarePage>
      <Missing />
    </BarePage>
  );
}
