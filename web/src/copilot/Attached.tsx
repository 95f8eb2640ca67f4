/** The files that will go with the next message: a chip each, with how far it is or why it is not taken. */
import { problemText } from "../api/problem";
import type { Under } from "../files/useUploads";
import { Thumb, useShown } from "../files/Thumb";
import { IconButton } from "../ui/Button";
import { Meter } from "../ui/Meter";

function Small({ id }: { id: string }) {
  const { box, file } = useShown(id);
  return (
    <span ref={box}>
      <Thumb file={file} />
    </span>
  );
}

function Chip({ upload, onDrop }: { upload: Under; onDrop: () => void }) {
  const { name, part, file, problem } = upload;
  return (
    <li className={`flex max-w-full items-center gap-2 rounded-xl border p-1.5 ${problem ? "border-bad/40 bg-bad-soft" : "border-line bg-sunken"}`}>
      {file && <Small id={file.id} />}
      <span className="min-w-0 px-1 text-[13px]">
        <span className="block max-w-52 truncate">{name}</span>
        {problem ? (
          <span role="alert" className="block max-w-72 text-bad">
            {problemText(problem)}
          </span>
        ) : (
          !file && <Meter label={`${name} is being uploaded`} value={Math.round(part * 100)} max={100} />
        )}
      </span>
      <IconButton small icon="cross" label={`Take ${name} off`} onClick={onDrop} />
    </li>
  );
}

export function Attached({ uploads, onDrop }: { uploads: Under[]; onDrop: (key: string) => void }) {
  const ready = uploads.filter((upload) => upload.file).length;
  return (
    <>
      <p role="status" className="sr-only">
        {ready > 0 && `${ready} ${ready === 1 ? "file goes" : "files go"} with the next message.`}
      </p>
      {uploads.length > 0 && (
        <ul aria-label="Files for the next message" className="flex flex-wrap gap-2 px-2 pt-1.5 pb-1">
          {uploads.map((upload) => (
            <Chip key={upload.key} upload={upload} onDrop={() => onDrop(upload.key)} />
          ))}
        </ul>
      )}
    </>
  );
}
