import { save } from "./save";

export default function Page() {
  return (
    <form action={save.bind(null, "")}>
      <button type="submit">Save</button>
    </form>
  );
}
