export type SetUpStep = { name: "connect" | "publish" | "sources" | "invite" | "try"; isDone: boolean };
