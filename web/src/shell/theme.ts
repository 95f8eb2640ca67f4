/** Light or dark: the person's choice, else the system's. The only code that writes `data-theme`. */

export type Theme = "light" | "dark";

const KEY = "greenroom.theme";
const darkSystem = () => window.matchMedia("(prefers-color-scheme: dark)");

/** The theme the person chose on this device, or null while the system decides. */
export function chosenTheme(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null;
  }
}

export function shownTheme(chosen: Theme | null): Theme {
  return chosen ?? (darkSystem().matches ? "dark" : "light");
}

export function applyTheme(chosen: Theme | null): void {
  document.documentElement.dataset["theme"] = shownTheme(chosen);
  try {
    if (chosen) localStorage.setItem(KEY, chosen);
  } catch {
    // Without storage the choice lasts until the tab is reloaded.
  }
}

/** Calls back whenever the system changes its mind; returns how to stop. */
export function onSystemTheme(listener: () => void): () => void {
  const query = darkSystem();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
