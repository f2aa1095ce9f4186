/** Signs out and goes to that address. */
export async function signOutTo(address: string): Promise<void> {
  const { signOut } = await import("next-auth/react");
  // next-auth's redirect would lead to NEXTAUTH_URL, which may differ from the address in use.
  await signOut({ redirect: false });
  location.assign(address);
}
