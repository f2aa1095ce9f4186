"use client";

import { toOwnPage } from "./sign-in";
import { SignInForm } from "./sign-in-form";
import { SignOnButton } from "./sign-on-button";

type SignInOptionsProps = { callback: string | undefined; hasSignOn: boolean };

/** The ways to sign in. Each leads on to the page that the person wanted. */
export function SignInOptions({ callback, hasSignOn }: SignInOptionsProps) {
  return (
    <>
      <SignInForm onSignedIn={() => location.assign(toOwnPage(callback, location.origin))} />
      {hasSignOn && <SignOnButton callback={callback} />}
    </>
  );
}
