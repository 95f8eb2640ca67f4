/** An event's poster in the width the screen needs; its place is kept before it has come, so that nothing jumps. */
import type { Poster } from "./types";

export function PosterPicture({ poster }: { poster: Poster }) {
  const { alt, width, height, copies } = poster;
  return (
    <img
      src={copies[0]?.url}
      srcSet={copies.map((copy) => `${copy.url} ${copy.width}w`).join(", ")}
      sizes="(min-width: 680px) 632px, 100vw"
      width={width}
      height={height}
      alt={alt}
      loading="lazy"
      decoding="async"
      className="mb-6 h-auto max-h-[28rem] w-full rounded-2xl border border-line bg-surface object-contain"
    />
  );
}
