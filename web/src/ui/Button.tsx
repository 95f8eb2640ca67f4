/** Buttons in three weights, with touch-sized targets; an icon button always has a name. */
import type { ComponentProps } from "react";
import { Icon, type IconName } from "./Icon";

type Weight = "primary" | "plain" | "quiet" | "danger";

const WEIGHTS: Record<Weight, string> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong disabled:bg-sunken disabled:text-ink-faint font-semibold",
  plain: "border border-line-strong bg-surface text-ink hover:bg-sunken disabled:text-ink-faint font-medium",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink disabled:text-ink-faint font-medium",
  danger: "text-bad hover:bg-bad-soft font-medium",
};

type ButtonProps = ComponentProps<"button"> & { weight?: Weight; icon?: IconName; busy?: boolean };

export function Button({ weight = "plain", icon, busy = false, children, className = "", disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-xl px-4 text-[14px] transition-colors disabled:cursor-not-allowed ${WEIGHTS[weight]} ${className}`}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & { label: string; icon: IconName; small?: boolean };

export function IconButton({ label, icon, small = false, className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex items-center justify-center rounded-xl text-ink-soft transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 ${small ? "size-9" : "size-11"} ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
