/** Starts the shop: the theme, then the event that the address names. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme, chosenTheme } from "../shell/theme";
import "../styles.css";
import { eventIdIn } from "./address";
import { Shop } from "./Shop";

applyTheme(chosenTheme());

const root = document.getElementById("root");
if (!root) throw new Error("shop.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Shop eventId={eventIdIn(window.location.pathname)} search={window.location.search} />
  </StrictMode>,
);
