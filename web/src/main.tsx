/** Starts the page: theme first, then the store and the app. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "react-redux";
import { App } from "./App";
import { applyTheme, chosenTheme } from "./shell/theme";
import { store } from "./store";
import "./styles.css";

applyTheme(chosenTheme());

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <App />
    </Provider>
  </StrictMode>,
);
