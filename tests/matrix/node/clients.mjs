// Officials' clients: matrix-js-sdk with its Rust crypto, as Element has it, many in one process.
// A line of JSON in is an order, `{n, client, order, …}`, answered by `{n, result}` or `{n, error}`; what a client sees
// comes out by itself, as `{client, …}`.
import readline from 'node:readline';
import { createClient } from 'matrix-js-sdk';
import { AllDevicesIsolationMode, OnlySignedDevicesIsolationMode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { logger } from 'matrix-js-sdk/lib/logger.js';

// Standard output is for what clients tell; the crypto library logs there too.
logger.setLevel('silent');
for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level] = () => {};
const clients = new Map();
const tell = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);

const shieldOf = async (crypto, event) => {
  if (!event.isEncrypted() || event.isDecryptionFailure()) return null;
  const { shieldColour, shieldReason } = await crypto.getEncryptionInfoForEvent(event);
  return { colour: ['none', 'grey', 'red'][shieldColour], reason: shieldReason };
};

const seen = async (client, crypto, event) => ({
  id: event.getId(),
  room: event.getRoomId(),
  sender: event.getSender(),
  type: event.getType(),
  content: event.getContent(),
  at: event.getTs(),
  encrypted: event.isEncrypted(),
  relation: event.getWireContent()['m.relates_to'] ?? null,
  failure: event.isDecryptionFailure() ? event.decryptionFailureReason : null,
  shield: await shieldOf(crypto, event),
  state: event.getStateKey() ?? null,
});

async function open({ client: number, url, user, password, token, device, strict, signs }) {
  const login = token
    ? { user_id: user, access_token: token, device_id: device }
    : await createClient({ baseUrl: url }).loginRequest({
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user },
        password,
      });
  const client = createClient({
    baseUrl: url,
    userId: login.user_id,
    deviceId: login.device_id,
    accessToken: login.access_token,
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const crypto = client.getCrypto();
  if (signs) {
    await crypto.bootstrapCrossSigning({
      authUploadDeviceSigningKeys: (request) =>
        request({ type: 'm.login.password', identifier: { type: 'm.id.user', user: login.user_id }, password }),
    });
  }
  crypto.setDeviceIsolationMode(
    strict ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false),
  );
  const told = async (event) => tell({ client: number, event: await seen(client, crypto, event) });
  client.on('Room.timeline', async (event, _room, toStart) => {
    if (toStart || event.status !== null) return;
    if (event.isEncrypted()) await client.decryptEventIfNeeded(event);
    await told(event);
  });
  // What this client sends itself comes back in the place of its echo.
  client.on('Room.localEchoUpdated', (event) => event.status === null && told(event));
  client.on('Event.decrypted', (event) => event.status === null && told(event));
  client.on('RoomMember.membership', (_event, { roomId: room, userId: user, membership: told }) => {
    // Reading back what was before tells of members as they were then.
    const membership = client.getRoom(room)?.getMember(user)?.membership ?? told;
    tell({ client: number, member: { room, user, membership } });
  });
  client.on('RoomMember.typing', (_event, member) =>
    tell({ client: number, typing: { room: member.roomId, user: member.userId, typing: member.typing } }),
  );
  client.on('Room.receipt', (event, room) => {
    for (const [id, kinds] of Object.entries(event.getContent())) {
      const readers = Object.keys(kinds['m.read'] ?? {});
      tell({ client: number, receipt: { room: room.roomId, event: id, readers } });
    }
  });
  const ready = new Promise((resolve) =>
    client.on('sync', (state) => ['PREPARED', 'SYNCING'].includes(state) && resolve()),
  );
  await client.startClient({ initialSyncLimit: 50, pollTimeout: 10_000 });
  await ready;
  clients.set(number, { client, crypto, login, told });
  return { user: login.user_id, device: login.device_id, token: login.access_token };
}

const encryption = {
  type: 'm.room.encryption',
  state_key: '',
  content: { algorithm: 'm.megolm.v1.aes-sha2' },
};

/** Wait until this client itself knows that it is in the room. */
function joined(client, id, invited = []) {
  // Who is not there yet for this client gets no key of what it says.
  const isThere = (user) => ['invite', 'join'].includes(client.getRoom(id).getMember(user)?.membership);
  const isIn = () => client.getRoom(id)?.getMyMembership() === 'join' && invited.every(isThere);
  return new Promise((resolve) => {
    const look = () => {
      if (!isIn()) return;
      client.off('sync', look);
      resolve();
    };
    client.on('sync', look);
    look();
  });
}

const bytes = (base64) => Buffer.from(base64.replaceAll('-', '+').replaceAll('_', '/'), 'base64');

async function download({ client, login }, { file }) {
  const address = client.mxcUrlToHttp(file.url, undefined, undefined, undefined, false, true, true);
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${login.access_token}` } });
  const sealed = new Uint8Array(await answer.arrayBuffer());
  if (!file.key) return Buffer.from(sealed).toString('base64');
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', sealed)).toString('base64');
  if (digest.replace(/=+$/, '') !== file.hashes.sha256.replace(/=+$/, '')) throw new Error('another hash');
  const key = await crypto.subtle.importKey('jwk', file.key, { name: 'AES-CTR' }, false, ['decrypt']);
  const how = { name: 'AES-CTR', counter: bytes(file.iv), length: 64 };
  return Buffer.from(await crypto.subtle.decrypt(how, key, sealed)).toString('base64');
}

const orders = {
  async create({ client }, { encrypted, options }) {
    const initial_state = encrypted ? [encryption] : [];
    const { room_id: id } = await client.createRoom({ ...options, initial_state });
    await joined(client, id, options.invite);
    return id;
  },
  async join({ client, told }, { room }) {
    const { roomId } = await client.joinRoom(room);
    await joined(client, roomId);
    // As a client does that fills its screen: what was said before one came in.
    const before = await client.scrollback(client.getRoom(roomId), 30);
    for (const event of before.getLiveTimeline().getEvents()) {
      if (event.isEncrypted()) await client.decryptEventIfNeeded(event);
      await told(event);
    }
    return roomId;
  },
  async send({ client }, { room, type, content }) {
    await joined(client, room);
    return (await client.sendEvent(room, type, content)).event_id;
  },
  name: ({ client }, { room }) => client.getRoom(room).name,
  leave: ({ client }, { room }) => client.leave(room),
  invite: ({ client }, { room, user }) => client.invite(room, user),
  redact: async ({ client }, { room, event }) => (await client.redactEvent(room, event)).event_id,
  download,
  async shield({ client, crypto: own }, { room, event }) {
    return shieldOf(own, client.getRoom(room).findEventById(event));
  },
  async devices({ crypto: own }, { user }) {
    const known = (await own.getUserDeviceInfo([user], true)).get(user) ?? new Map();
    const trust = async (id) => (await own.getDeviceVerificationStatus(user, id))?.signedByOwner ?? false;
    return Object.fromEntries(await Promise.all([...known.keys()].map(async (id) => [id, await trust(id)])));
  },
  members: async ({ client }, { room }) =>
    client.getRoom(room).getMembers().map((one) => [one.userId, one.membership]),
  /** The next message goes under a new key. */
  rotate: ({ crypto: own }, { room }) => own.forceDiscardSession(room),
  close({ client, login }, { number }) {
    client.stopClient();
    clients.delete(number);
  },
};

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const order = JSON.parse(line);
  try {
    const run = order.order === 'open' ? open(order) : orders[order.order](clients.get(order.client), order);
    tell({ n: order.n, result: (await run) ?? null });
  } catch (error) {
    tell({ n: order.n, error: String(error) });
  }
});
process.stdin.on('end', () => process.exit(0));
tell({ ready: true });
