/** Hands a file to the browser as a download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Some browsers begin the download after the click's handler; freed too early it would be empty.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
