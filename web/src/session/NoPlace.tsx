/** Somebody signed in who belongs to no organisation: they were invited and have not come yet, or have left. */
import { useState } from "react";
import type { Me } from "../api/types";
import { NewOrganization } from "../shell/NewOrganization";
import { Button } from "../ui/Button";
import { Entrance } from "./Entrance";
import { useSwitching } from "./useSwitching";

export function NoPlace({ user }: { user: Me["user"] }) {
  const { switchTo, signOut } = useSwitching();
  const [founding, setFounding] = useState(false);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <Entrance title="You are in no organisation" lead="Were you invited to one? Then follow the link of the invitation. Or found one of your own.">
      <div className="mt-7 flex flex-col gap-3">
        <Button weight="primary" onClick={() => setFounding(true)}>
          New organisation…
        </Button>
        <Button onClick={() => void signOut()}>Sign out {user.email}</Button>
      </div>
      {founding && <NewOrganization from={{ timezone: timeZone, currency: "EUR" }} onClose={() => setFounding(false)} onFounded={switchTo} />}
    </Entrance>
  );
}
