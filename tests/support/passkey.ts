import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

type Options = { challenge: string; rp?: { id?: string }; rpId?: string };

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest();
const PRESENT = 0x01;
const WITH_KEY = 0x40;

/** A security key in software: ES256, without attestation (WebAuthn Level 3, sections 6.1 and 6.5). */
export function createSoftKey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let uses = 0;
  const shared = {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key" as const,
  };
  const toClientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const toData = (host: string, flags: number, more = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(uses);
    return Buffer.concat([sha256(host), Buffer.from([flags]), counter, more]);
  };

  return {
    make({ challenge, rp }: Options) {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      // A map of CBOR: kty EC2, alg ES256, crv P-256, x and y of 32 bytes each.
      const key = Buffer.concat([
        Buffer.from("a5010203262001215820", "hex"),
        Buffer.from(x, "base64url"),
        Buffer.from("225820", "hex"),
        Buffer.from(y, "base64url"),
      ]);
      const length = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, key]);
      const data = toData(rp?.id ?? "", PRESENT | WITH_KEY, credential);
      // { "fmt": "none", "attStmt": {}, "authData": bytes }
      const attestationObject = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a0686175746844617461", "hex"),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      const clientDataJSON = toClientData("webauthn.create", challenge);
      const response = {
        clientDataJSON: clientDataJSON.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["usb"],
      };
      return { ...shared, response };
    },
    use({ challenge, rpId = "" }: Options) {
      uses++;
      const data = toData(rpId, PRESENT);
      const clientData = toClientData("webauthn.get", challenge);
      const signature = sign("sha256", Buffer.concat([data, sha256(clientData)]), privateKey);
      const response = {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
      };
      return { ...shared, response };
    },
  };
}
