/** The page's few line icons, drawn here so that nothing is fetched. Decorative: labels stand beside them. */
import type { ReactNode } from "react";

const PATHS = {
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  send: <path d="M12 19V5M6 11l6-6 6 6" />,
  stop: <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" stroke="none" />,
  check: <path d="M5 12.500l4.500 4.500L19 7.500" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
  undo: <path d="M9 14L4 9l5-5M4 9h10a6 6 0 010 12h-3" />,
  chevron: <path d="M9 6l6 6-6 6" />,
  back: <path d="M15 6l-6 6 6 6" />,
  pencil: <path d="M4 20h4L19 9l-4-4L4 16v4zM13.500 6.500l4 4" />,
  calendar: <path d="M5 6h14a1 1 0 011 1v12a1 1 0 01-1 1H5a1 1 0 01-1-1V7a1 1 0 011-1zM4 10.500h16M8 3.500v4M16 3.500v4" />,
  chat: <path d="M5 5h14a1 1 0 011 1v9a1 1 0 01-1 1h-7l-5 4v-4H5a1 1 0 01-1-1V6a1 1 0 011-1z" />,
  threads: <path d="M4 6h16M4 12h16M4 18h10" />,
  sun: <path d="M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400" />,
  moon: <path d="M20 14.500A8.500 8.500 0 019.500 4a8.500 8.500 0 1010.500 10.500z" />,
  warning: <path d="M12 4l9 16H3L12 4zM12 10v4.500M12 17.200v.1" />,
  more: <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth={3} />,
  archive: <path d="M4 5h16v4H4zM6 9v10h12V9M10 13h4" />,
  trash: <path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13" />,
  leave: <path d="M14 4H6a1 1 0 00-1 1v14a1 1 0 001 1h8M10 12h10M16.500 8.500L20 12l-3.500 3.500" />,
  place: <path d="M12 21s-7-6-7-11a7 7 0 0114 0c0 5-7 11-7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z" />,
  ticket: <path d="M4 8a1 1 0 011-1h14a1 1 0 011 1v2.500a1.500 1.500 0 000 3V16a1 1 0 01-1 1H5a1 1 0 01-1-1v-2.500a1.500 1.500 0 000-3V8zM14 7v10" strokeDasharray="0" />,
  star: <path d="M12 4l2.500 5.200 5.500.7-4 3.900 1 5.700-5-2.800-5 2.800 1-5.700-4-3.900 5.500-.7L12 4z" />,
  office: <path d="M4 20.500V6.500l8-3 8 3v14M2.500 20.500h19M9 20.500v-4.500h6v4.500M8.500 9.500h.01M12 9.500h.01M15.500 9.500h.01M8.500 13h.01M12 13h.01M15.500 13h.01" />,
  people: <path d="M9 11.500a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 19.500a6.500 6.500 0 0113 0M16 4.800a3.500 3.500 0 010 6.400M18 14a6.500 6.500 0 013.500 5.500" />,
  mail: <path d="M4 6.500h16a.500.500 0 01.500.500v10.500a.500.500 0 01-.500.500H4a.500.500 0 01-.500-.500V7a.500.500 0 01.500-.500zM4 7l8 6 8-6" />,
  key: <path d="M8 19a4.500 4.500 0 100-9 4.500 4.500 0 000 9zM11.200 11.300L20 2.500M16 6.500l3 3" />,
  link: <path d="M10 14a4 4 0 005.700 0l3.500-3.500a4 4 0 00-5.700-5.700L12 6.300M14 10a4 4 0 00-5.700 0l-3.500 3.500a4 4 0 005.700 5.700l1.500-1.500" />,
  file: <path d="M6 3.500h8l4.500 4.500v12.500H6zM14 3.500V8h4.500" />,
  clip: <path d="M19.500 11.500l-7.800 7.800a4.700 4.700 0 01-6.700-6.700l8.200-8.200a3.200 3.200 0 014.500 4.500l-8.200 8.200a1.600 1.600 0 01-2.300-2.300l7.400-7.300" />,
  receipt: <path d="M6 3.500h12v17l-3-2-3 2-3-2-3 2v-17zM9 8.500h6M9 12.500h6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" strokeLinejoin="round" className="shrink-0">
      {PATHS[name]}
    </svg>
  );
}

/** The wordmark: a stage door ajar. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M9 24.500V8.500h10.500v16" fill="none" className="stroke-accent-ink" strokeWidth="2.200" strokeLinejoin="round" strokeLinecap="round" />
      <path d="M19.500 11.500l4 2v11" fill="none" className="stroke-accent-ink" strokeWidth="2.200" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx="16" cy="17" r="1.500" className="fill-accent-ink" />
    </svg>
  );
}
