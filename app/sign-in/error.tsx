"use client";

import { BarePage } from "@/components/shell/bare-page";
import { ErrorPage } from "@/components/shell/error-page";

export default function SignInErrorPage({ retry }: { retry: () => void }) {
  return (
    <BarePage>
      <ErrorPage retry={retry} />
    </BarePage>
  );
}
