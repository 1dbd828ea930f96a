/**
 * Follows one automation job live, as documented in the API guide.
 *
 *   import { followJob } from '/static/job-stream.js';
 *   const stop = followJob(42, { onProgress: job => …, onComplete: job => …, onProblem: error => … });
 *
 * Server-Sent Events first; a broken stream is opened again after 1 s, 2 s, 4 s … 30 s (with jitter) from the last event seen, so that
 * nothing is missed or told twice. After `streamAttempts` failures in a row the same events are asked for every 5 s instead, until the
 * job ends. Credentials: `headers` (for example X-API-Key) cannot be sent by EventSource, so with headers the stream is read by fetch.
 *
 * @param {number} jobId
 * @param {{ base?: string, headers?: Record<string, string>, query?: string, streamAttempts?: number,
 *           onProgress?: (job: object) => void, onComplete?: (job: object) => void, onProblem?: (error: Error) => void }} [options]
 * @returns {() => void} stops following
 */
export function followJob(jobId, options = {}) {
  const { base = '', headers = {}, query = '', streamAttempts = 5, onProgress = () => {}, onComplete = () => {}, onProblem = () => {} } = options;
  const controller = new AbortController();
  let lastId = 0;
  let over = false;

  const tell = (name, id, data) => {
    if (id && id <= lastId) return;
    if (id) lastId = id;
    if (name === 'complete') { over = true; onComplete(data); } else if (name === 'progress') onProgress(data);
  };

  const run = async () => {
    for (let failures = 0; !over && !controller.signal.aborted;) {
      try {
        if (failures < streamAttempts) {
          await stream(tell);
          failures = 0;
        } else {
          await poll(tell);
        }
        if (!over) await sleep(failures < streamAttempts ? 1000 : 5000, controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return;
        if (error.status === 404 || error.status === 401 || error.status === 403) { onProblem(error); return; }
        failures++;
        onProblem(error);
        await sleep(Math.min(30000, 1000 * 2 ** failures) * (0.5 + Math.random() / 2), controller.signal);
      }
    }
  };

  const stream = async onEvent => {
    const answer = await ask(`/invoicing/v2/jobs/${jobId}/stream`, { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': String(lastId) } : {}) });
    if (answer.status === 204) { over = true; return; }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text = (text + value).replaceAll('\r\n', '\n');
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const frame = parse(text.slice(0, end));
        if (frame.data && frame.event) onEvent(frame.event, frame.id, JSON.parse(frame.data));
      }
    }
  };

  const poll = async onEvent => {
    const answer = await ask(`/invoicing/v2/jobs/${jobId}/events?after=${lastId}`, { Accept: 'application/json' });
    for (const event of await answer.json()) onEvent(event.event ?? 'progress', event.id, event.data ?? event);
  };

  const ask = async (path, more) => {
    const url = base + path + (query ? (path.includes('?') ? '&' : '?') + query : '');
    const answer = await fetch(url, { headers: { ...headers, ...more }, signal: controller.signal });
    if (!answer.ok) throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status });
    return answer;
  };

  run();
  return () => controller.abort();
}

function parse(frame) {
  const found = { data: '' };
  for (const line of frame.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const [field, value] = [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    if (field === 'data') found.data += value;
    else if (field === 'id') found.id = Number(value);
    else if (field === 'event') found.event = value;
  }
  return found;
}

function sleep(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
