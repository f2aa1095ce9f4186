"use client";

import { toOwnPage } from "./sign-in";
import { SignInForm } from "./sign-in-form";
import { SignOnButton } from "./sign-on-button";

type SignInOptionsProps = { callback: string | undefined; hasSignOn: boolean };

export function SignInOptions({ callback, hasSignOn }: SignInOptionsProps) {
  return (
    <>
      <SignInForm onSignedIn={() => location.assign(toOwnPage(callback, location.origin))} />
      {hasSignOn && <SignOnButton callback={callback} />}
    </>
  );
}
