/** A file that went along with a message: small, with its name, and opened by a click. */
import { Thumb, useShown } from "../files/Thumb";

export function SentFile({ id }: { id: string }) {
  const { box, file, failed } = useShown(id);
  const inside = (
    <>
      <Thumb file={file} />
      <span className="max-w-44 truncate text-[13px]">{file?.name ?? (failed ? "This file is gone" : "…")}</span>
    </>
  );
  const look = "flex items-center gap-2 rounded-xl border border-line bg-surface p-1.5 pr-3";
  return (
    <span ref={box} className="block">
      {file?.url ? (
        <a href={file.url} target="_blank" rel="noreferrer" className={`${look} hover:bg-sunken`}>
          {inside}
        </a>
      ) : (
        <span className={look}>{inside}</span>
      )}
    </span>
  );
}
