/**
 * Follows one automation job live; docs/live-events.md tells the whole contract.
 *
 *   import { followJob } from '/static/job-stream.js';
 *   const stop = followJob(42, { onProgress: job => …, onComplete: job => … });
 *
 * Server-Sent Events first. A broken stream is opened again after 1 s, 2 s, 4 s … 30 s (with jitter), from the last event seen: nothing is
 * missed or told twice. After `streamAttempts` failures in a row the same events are asked for every 5 s, and once a minute the stream is
 * tried again. EventSource cannot send headers, so the stream is read by fetch.
 *
 * @param {number} jobId
 * @param {object} [options]
 * @param {string} [options.base] where the API is; this page's origin when left out
 * @param {Record<string, string>} [options.headers] credential, for example `{ Authorization: 'Bearer ak_…' }`
 * @param {string} [options.query] added to every address, for example `company_id=acme`
 * @param {(job: object) => void} [options.onProgress] the Job, with `step` when one was added
 * @param {(job: object) => void} [options.onComplete] the Job in its end state; nothing follows
 * @param {(state: 'live'|'reconnecting'|'polling') => void} [options.onState] how the events come at present
 * @param {(error: Error & { status?: number }, final: boolean) => void} [options.onProblem] final: the request itself is refused (no such
 *   job, no permission) and nothing follows; otherwise it is tried again
 * @param {number} [options.streamAttempts]
 * @param {number} [options.retryMs] first pause before the stream is opened again
 * @param {number} [options.mostMs] longest pause
 * @param {number} [options.pollMs]
 * @param {number} [options.silenceMs] a stream without event or heartbeat (one every 15 s) for so long is broken
 * @returns {() => void} stops following
 */
export function followJob(jobId, options = {}) {
  const { base = '', headers = {}, query = '', onProgress, onComplete, onState, onProblem } = options;
  const { streamAttempts = 5, retryMs = 1000, mostMs = 30000, pollMs = 5000, silenceMs = 45000 } = options;
  const stopped = new AbortController();
  let lastId = 0, failures = 0, over = false, state;

  const become = now => { if (now !== state) call(onState, state = now); };

  const tell = (event, id, job) => {
    if (!(id > lastId)) return;
    lastId = id;
    failures = 0;
    over = event === 'complete';
    call(over ? onComplete : onProgress, job);
  };

  const run = async () => {
    while (!over && !stopped.signal.aborted) {
      try {
        await (failures < streamAttempts ? stream() : poll());
        await pause(retryMs);
      } catch (error) {
        if (stopped.signal.aborted) return;
        const final = error.status >= 400 && error.status < 500 && ![408, 425, 429].includes(error.status);
        call(onProblem, error, final);
        if (final) return;
        failures++;
        if (failures < streamAttempts) become('reconnecting');
        await pause(Math.max(error.retryAfterMs ?? 0, Math.min(mostMs, retryMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2)));
      }
    }
  };

  const stream = async () => {
    const silence = new AbortController();
    let timer;
    const heard = () => { clearTimeout(timer); timer = setTimeout(() => silence.abort(new Error('the stream fell silent')), silenceMs); };
    try {
      heard();
      const answer = await ask('stream', { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': `${lastId}` }) }, silence.signal);
      if (answer.status === 204) { over = true; return; }
      become('live');
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ''; !over;) {
        const { done, value } = await reader.read();
        if (done) throw new Error('the stream ended before the job');
        heard();
        text = (text + value).replaceAll('\r\n', '\n');
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) take(parse(text.slice(0, end)));
      }
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  };

  // Every event comes a second time without a name, for EventSource.onmessage.
  const take = ({ event, id, data }) => {
    if (event === 'error') throw new Error(data);
    if (event) tell(event, id, JSON.parse(data));
  };

  const poll = async () => {
    become('polling');
    for (let left = Math.ceil(60000 / pollMs); left > 0 && !over && !stopped.signal.aborted; left--) {
      const items = await (await ask(`events?after=${lastId}`, { Accept: 'application/json' })).json();
      for (const item of items) { tell(item.event, item.id, item.data); failures = streamAttempts; }
      if (!over) await pause(pollMs);
    }
    failures = streamAttempts - 1;
  };

  const ask = async (what, more, signal = stopped.signal) => {
    const url = `${base}/invoicing/v2/jobs/${jobId}/${what}${query && (what.includes('?') ? '&' : '?') + query}`;
    const answer = await fetch(url, { headers: { ...headers, ...more }, signal: AbortSignal.any([stopped.signal, signal]) });
    if (answer.ok) return answer;
    throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status, retryAfterMs: 1000 * (Number(answer.headers.get('Retry-After')) || 0) });
  };

  const pause = ms => new Promise(resolve => {
    const done = () => { clearTimeout(timer); stopped.signal.removeEventListener('abort', done); resolve(); };
    const timer = setTimeout(done, over || stopped.signal.aborted ? 0 : ms);
    stopped.signal.addEventListener('abort', done);
  });

  run();
  return () => stopped.abort();
}

function parse(frame) {
  const found = { data: [] };
  for (const line of frame.split('\n')) {
    const [, field, value] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
    if (field === 'data') found.data.push(value);
    else if (field === 'id') found.id = Number(value);
    else if (field) found[field] = value;
  }
  return { ...found, data: found.data.join('\n') };
}

/** What a listener throws is the page's error, not the stream's. */
function call(listener, ...told) {
  try { listener?.(...told); } catch (error) { queueMicrotask(() => { throw error; }); }
}
