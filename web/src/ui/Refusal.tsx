/** What a call was refused with, as the server says it. */
import { problemText } from "../api/problem";
import type { Problem } from "../api/types";
import { Notice } from "./Notice";

export function Refusal({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <Notice tone="bad" title={problemText(problem)} role="alert">
      {problem.remedy}
    </Notice>
  );
}
