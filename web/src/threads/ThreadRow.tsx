/** One conversation in the list, with its small menu: rename, archive, delete. */
import { useState, type FormEvent } from "react";
import { IconButton } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { useDismiss } from "../ui/useDismiss";

export type ThreadActions = {
  open: (id: string) => void;
  rename: (id: string, name: string) => void;
  setArchived: (id: string, archived: boolean) => void;
  remove: (id: string) => void;
};

type ThreadRowProps = { id: string; name: string; archived: boolean; current: boolean; actions: ThreadActions };

function MenuItem({ icon, label, danger = false, onClick }: { icon: IconName; label: string; danger?: boolean; onClick: () => void }) {
  return (
    <button type="button" role="menuitem" onClick={onClick} className={`flex min-h-11 w-full items-center gap-2.5 rounded-lg px-3 text-left text-[14px] hover:bg-sunken ${danger ? "text-bad" : ""}`}>
      <Icon name={icon} size={16} />
      {label}
    </button>
  );
}

function RenameForm({ name, onSave, onCancel }: { name: string; onSave: (name: string) => void; onCancel: () => void }) {
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && text.trim() !== name) onSave(text.trim());
    else onCancel();
  };
  return (
    <form onSubmit={submit} className="p-0.5">
      <input aria-label="Name of the conversation" autoFocus value={text} maxLength={120} onChange={(change) => setText(change.target.value)} onKeyDown={(event) => event.key === "Escape" && onCancel()} onBlur={onCancel} className="field text-[14px]" />
    </form>
  );
}

export function ThreadRow({ id, name, archived, current, actions }: ThreadRowProps) {
  const [mode, setMode] = useState<"row" | "menu" | "rename" | "delete">("row");
  const [close] = useState(() => () => setMode("row"));
  const box = useDismiss(mode === "menu" || mode === "delete", close);

  if (mode === "rename") {
    return (
      <RenameForm
        name={name}
        onCancel={close}
        onSave={(next) => {
          actions.rename(id, next);
          close();
        }}
      />
    );
  }
  return (
    <div ref={box} className={`group relative flex items-center rounded-xl ${current ? "bg-sunken" : "hover:bg-sunken/60"}`}>
      <button type="button" aria-current={current ? "true" : undefined} onClick={() => actions.open(id)} className={`min-h-11 min-w-0 flex-1 truncate rounded-xl px-3 text-left text-[14px] max-[1199px]:pr-10 group-focus-within:pr-10 group-hover:pr-10 ${current ? "font-semibold" : "text-ink-soft"}`}>
        {name}
      </button>
      <IconButton label={`More for ${name}`} icon="more" small aria-haspopup="menu" aria-expanded={mode === "menu"} onClick={() => setMode(mode === "row" ? "menu" : "row")} className="absolute right-1 opacity-100 min-[1200px]:opacity-0 min-[1200px]:group-focus-within:opacity-100 min-[1200px]:group-hover:opacity-100" />
      {mode !== "row" && (
        <div role="menu" aria-label={`Actions for ${name}`} className="absolute top-full right-0 z-20 mt-1 w-48 rounded-xl border border-line bg-surface p-1 shadow-card">
          {mode === "menu" ? (
            <>
              <MenuItem icon="pencil" label="Rename" onClick={() => setMode("rename")} />
              <MenuItem
                icon="archive"
                label={archived ? "Restore" : "Archive"}
                onClick={() => {
                  close();
                  actions.setArchived(id, !archived);
                }}
              />
              <MenuItem icon="trash" label="Delete…" danger onClick={() => setMode("delete")} />
            </>
          ) : (
            <>
              <p className="px-3 py-2 text-[13px] text-ink-soft">Delete this conversation for good? What it did to your events stays.</p>
              <MenuItem icon="trash" label="Delete for good" danger onClick={() => actions.remove(id)} />
              <MenuItem icon="back" label="Keep it" onClick={close} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
