/** Which proposals have a card of their own in the chat, so that no other card shows them a second time. */
import { createContext } from "react";

export const ShownInChat = createContext<ReadonlySet<string>>(new Set());
