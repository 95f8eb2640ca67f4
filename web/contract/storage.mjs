/** What @supabase/supabase-js sees of a file server; tests/contract/test_storage_contract.py says what that must be. */
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";

const target = JSON.parse(process.argv[2]);
const bucket = `contract-${randomUUID()}`;

/** Older Nodes have no WebSocket; none is opened here. */
class NoSocket {}

function client(key) {
  return createClient(target.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: NoSocket },
  }).storage;
}

async function good(promise) {
  const { data, error } = await promise;
  if (error) throw new Error(`${error.statusCode} ${error.message}`);
  return data;
}

async function refusal(promise) {
  const { error } = await promise;
  if (!error) throw new Error("was not refused");
  return String(error.statusCode);
}

const text = async (url) => (await fetch(url)).text();
const secret = client(target.secret_key);
const anybody = client(target.publishable_key);
const options = { public: false, fileSizeLimit: 1000, allowedMimeTypes: ["text/plain", "image/*"] };
await good(secret.createBucket(bucket, options));
const [files, theirs] = [secret.from(bucket), anybody.from(bucket)];
const plain = { contentType: "text/plain" };
const seen = {};
try {
  const made = await good(secret.getBucket(bucket));
  seen.bucket = [made.public, made.file_size_limit, made.allowed_mime_types];
  seen.bucket_twice = await refusal(secret.createBucket(bucket, options));
  await good(files.upload("a/one.txt", new Blob(["one"], { type: "text/plain" }), plain));
  await good(files.upload("a/bare.txt", Buffer.from("bare"), { ...plain, metadata: { colour: "grey" } }));
  seen.twice = await refusal(files.upload("a/one.txt", Buffer.from("two"), plain));
  await good(files.update("a/one.txt", Buffer.from("two"), plain));
  seen.read = await (await good(files.download("a/one.txt"))).text();
  const told = await good(files.info("a/bare.txt"));
  seen.told = [told.size, told.contentType ?? told.content_type, told.metadata];
  seen.exists = [(await files.exists("a/one.txt")).data, (await files.exists("a/no.txt")).data];
  seen.too_large = await refusal(files.upload("b.txt", Buffer.alloc(1001), plain));
  seen.wrong_type = await refusal(files.upload("b.pdf", Buffer.from("x"), { contentType: "application/pdf" }));
  await good(files.copy("a/one.txt", "a/copy.txt"));
  await good(files.move("a/copy.txt", "c/moved.txt"));
  seen.gone = await refusal(files.move("a/copy.txt", "c/again.txt"));
  seen.top = (await good(files.list())).map((each) => [each.name, each.id === null]);
  seen.inside = (await good(files.list("a"))).map((each) => each.name);
  const names = (await good(secret.listBuckets())).map((each) => each.name);
  seen.buckets = [names.includes(bucket), names.length - new Set(names).size];
  const listed = async (wanted) => (await good(files.list("a", wanted))).map((each) => each.name);
  seen.sorted = await listed({ sortBy: { column: "name", order: "desc" } });
  seen.paged = await listed({ limit: 1, offset: 1 });
  seen.searched = await listed({ search: "BAR" });
  seen.onto_another = [await refusal(files.copy("a/one.txt", "a/bare.txt")), await refusal(files.move("a/one.txt", "a/bare.txt"))];
  await good(files.upload("c/moved.txt", Buffer.from("three"), { ...plain, upsert: true }));
  seen.upserted = await (await good(files.download("c/moved.txt"))).text();
  const link = (await good(files.createSignedUrl("a/one.txt", 60))).signedUrl;
  seen.link = [await text(link), (await fetch(link.replace("one.txt", "bare.txt"))).ok];
  const links = await good(files.createSignedUrls(["a/one.txt", "no.txt"], 60));
  seen.links = links.map((each) => Boolean(each.error));
  const drop = await good(files.createSignedUploadUrl("in/drop.txt"));
  await good(theirs.uploadToSignedUrl("in/drop.txt", drop.token, new Blob(["drop"], { type: "text/plain" }), plain));
  seen.dropped = await (await good(files.download("in/drop.txt"))).text();
  const named = await fetch((await good(files.createSignedUrl("a/one.txt", 60, { download: "my tickets.txt" }))).signedUrl);
  seen.saved_as = named.headers.get("content-disposition").includes("my%20tickets.txt");
  const again = await good(files.createSignedUploadUrl("in/drop.txt", { upsert: true }));
  await good(theirs.uploadToSignedUrl("in/drop.txt", again.token, new Blob(["again"], { type: "text/plain" }), { ...plain, upsert: true }));
  seen.replaced_by_link = await (await good(files.download("in/drop.txt"))).text();
  seen.dropped_again = await refusal(theirs.uploadToSignedUrl("in/drop.txt", drop.token, Buffer.from("x"), plain));
  seen.anybody_lists = await good(theirs.list());
  seen.anybody_writes = await refusal(theirs.upload("d.txt", Buffer.from("x"), plain));
  seen.anybody_removes = (await good(theirs.remove(["a/one.txt"]))).length;
  const address = files.getPublicUrl("a/one.txt").data.publicUrl;
  seen.private_address = (await fetch(address)).ok;
  await good(secret.updateBucket(bucket, { ...options, public: true }));
  seen.public_address = await text(address);
  seen.removed = (await good(files.remove(["a/one.txt", "no.txt"]))).map((each) => each.name);
  seen.not_empty = await refusal(secret.deleteBucket(bucket));
} finally {
  await secret.emptyBucket(bucket);
  await secret.deleteBucket(bucket);
}
seen.bucket_gone = await refusal(secret.getBucket(bucket));
process.stdout.write(JSON.stringify(seen));
