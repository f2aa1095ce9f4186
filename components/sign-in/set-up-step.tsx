"use client";

import { FirstFactor } from "@/components/second-factor/first-factor";
import { OtherPerson } from "./other-person";
import { toOwnPage } from "./sign-in";

type SetUpStepProps = { callback: string | undefined; personId: string };

/** Before anything else, for somebody who must have a second factor and has none. */
export function SetUpStep({ callback, personId }: SetUpStepProps) {
  return (
    <>
      <FirstFactor onDone={() => location.assign(toOwnPage(callback, location.origin))} />
      <OtherPerson personId={personId} />
    </>
  );
}
