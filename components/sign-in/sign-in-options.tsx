"use client";

import { toOwnPage } from "./sign-in";
import { SignInForm } from "./sign-in-form";
import { SignOnButton } from "./sign-on-button";

type SignInOptionsProps = { callback: string | undefined; hasSignOn: boolean; hasPasswords: boolean };

export function SignInOptions({ callback, hasSignOn, hasPasswords }: SignInOptionsProps) {
  return (
    <>
      {hasPasswords && (
        <SignInForm
          onSignedIn={(missing) =>
            missing ? location.reload() : location.assign(toOwnPage(callback, location.origin))
          }
        />
      )}
      {hasSignOn && <SignOnButton callback={callback} />}
    </>
  );
}
