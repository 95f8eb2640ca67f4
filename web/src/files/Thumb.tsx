/** A file in small: the narrowest picture there is of it, or a sign. Links are asked for only once it is looked at. */
import { useEffect, useRef, useState } from "react";
import { FRESH, useFileQuery, type Shown } from "../api/files";
import { Icon } from "../ui/Icon";
import { isPicture } from "./choosing";

/** Whether it has come into view. */
function useSeen() {
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !box.current) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [seen]);
  return { box, seen };
}

// Links work for five minutes.
const RENEW_MS = 270_000;

/** The file with links that work, once it is in view. */
export function useShown(id: string): { box: React.RefObject<HTMLSpanElement | null>; file: Shown | undefined; failed: boolean } {
  const { box, seen } = useSeen();
  const { data, error } = useFileQuery(id, { ...FRESH, skip: !seen, pollingInterval: RENEW_MS, skipPollingIfUnfocused: true });
  return { box, file: data, failed: error !== undefined };
}

export function Thumb({ file, large = false }: { file: Shown | undefined; large?: boolean }) {
  const [broken, setBroken] = useState(false);
  const source = file && isPicture(file.media_type) ? (file.variants[0]?.url ?? file.url) : null;
  return (
    <span className={`flex shrink-0 items-center justify-center overflow-hidden rounded-lg border border-line bg-sunken text-ink-faint ${large ? "h-24 w-32" : "size-11"}`}>
      {source && !broken ? <img src={source} alt="" onError={() => setBroken(true)} className="size-full object-cover" /> : <Icon name="file" />}
    </span>
  );
}
