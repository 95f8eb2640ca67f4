/** The camera as a scanner, where the browser can read QR codes itself. */
import { useEffect, useRef, useState } from "react";
import { Notice } from "../ui/Notice";

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY_MS = 200;
// The same ticket stays in front of the camera for a while; that is one scan.
const SAME_FOR_MS = 3000;

const detectorClass = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const hasCamera = () => Boolean(detectorClass() && navigator.mediaDevices?.getUserMedia);

export function Camera({ onRead }: { onRead: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const read = useRef(onRead);
  read.current = onRead;

  useEffect(() => {
    const Class = detectorClass();
    let stream: MediaStream | null = null;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = { text: "", at: 0 };
    const look = async (detector: Detector) => {
      const found = video.current && video.current.readyState >= 2 ? await detector.detect(video.current).catch(() => []) : [];
      const text = found[0]?.rawValue ?? "";
      if (stopped) return;
      if (text && (text !== seen.text || Date.now() - seen.at > SAME_FOR_MS)) read.current(text);
      if (text) seen = { text, at: Date.now() };
      timer = setTimeout(() => void look(detector), EVERY_MS);
    };
    const start = async () => {
      if (!Class) return;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        setFailed(true);
        return;
      }
      if (stopped || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play().catch(() => null);
      void look(new Class({ formats: ["qr_code"] }));
    };
    void start();
    return () => {
      stopped = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  if (failed) return <Notice tone="warn">The camera may not be used. Allow it in the browser, or type the code.</Notice>;
  return <video ref={video} muted playsInline aria-label="Camera" className="aspect-[4/3] w-full rounded-2xl bg-sunken object-cover" />;
}
