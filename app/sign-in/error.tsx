"use client";

import { BarePage } from "@/components/shell/bare-page";
import { Crashed } from "@/components/shell/crashed";

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <BarePage>
      <Crashed retry={retry} />
    </BarePage>
  );
}
