"use client";

import { useEffect, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Notice } from "@/components/ui/notice";
import { listOwnWays } from "@/lib/proof/actions";
import type { ProofWay } from "@/lib/proof/schema";
import { ProofForm } from "./proof-form";
import { useProofFailure } from "./use-proof-failure";

/** Asks the server which ways the person of this browser has. */
export function OwnProof({ onProven }: { onProven: () => void }) {
  const toFailure = useProofFailure();
  const [ways, setWays] = useState<ProofWay[]>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    callServer({ action: () => listOwnWays(undefined) }).then((answer) => {
      if (answer.ok) setWays(answer.value);
      else setFailure(answer.code);
    });
  }, []);

  if (failure) return <Notice role="alert" {...toFailure(failure)} />;
  return ways && <ProofForm ways={ways} tellsCodesLeft onProven={onProven} />;
}
