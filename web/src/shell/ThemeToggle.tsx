/** The light/dark switch in the header. */
import { useEffect, useState } from "react";
import { IconButton } from "../ui/Button";
import { applyTheme, chosenTheme, onSystemTheme, shownTheme, type Theme } from "./theme";

export function ThemeToggle() {
  const [chosen, setChosen] = useState<Theme | null>(chosenTheme);
  const [, redraw] = useState(0);
  useEffect(() => applyTheme(chosen), [chosen]);
  useEffect(
    () =>
      onSystemTheme(() => {
        applyTheme(chosenTheme());
        redraw((count) => count + 1);
      }),
    [],
  );
  const shown = shownTheme(chosen);
  const other: Theme = shown === "dark" ? "light" : "dark";
  return <IconButton label={`Switch to ${other} colours`} icon={shown === "dark" ? "sun" : "moon"} onClick={() => setChosen(other)} />;
}
