/** Signs out, and goes on at that address. */
export async function leave(address: string): Promise<void> {
  const { signOut } = await import("next-auth/react");
  // Its own redirect leads to NEXTAUTH_URL, which need not be the address the person came by.
  await signOut({ redirect: false });
  location.assign(address);
}
