import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { credentialHeaders, addressOf } from './client';
import type { Job } from './types';

interface JobStream {
  followJob(id: number, options: {
    headers?: Record<string, string>; query?: string; onProgress?: (job: Job) => void; onComplete?: (job: Job) => void; onState?: (state: 'live' | 'reconnecting' | 'polling') => void;
  }): () => void;
}

/** The module that the gateway serves to any page: SSE with backoff, then polling (docs/live-events.md). */
const MODULE = '/static/job-stream.js';

/** Keeps the job's queries up to date while its page is open; tells whether the news come in. */
export function useJobEvents(id: number, enabled: boolean) {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (!enabled) return;
    let stop = () => {};
    let left = false;
    const heard = (job: Job) => {
      queries.setQueryData(['job', id], job);
      void queries.invalidateQueries({ queryKey: ['steps', id] });
      void queries.invalidateQueries({ queryKey: ['interventions'] });
    };
    const over = (job: Job) => {
      heard(job);
      void queries.invalidateQueries({ queryKey: ['ticket', job.ticket_id] });
      void queries.invalidateQueries({ queryKey: ['artifacts', id] });
    };
    void Promise.all([import(/* @vite-ignore */ MODULE) as Promise<JobStream>, credentialHeaders()]).then(([{ followJob }, headers]) => {
      if (left) return;
      const query = new URL(addressOf(`/invoicing/v2/jobs/${id}/stream`)).search.slice(1);
      stop = followJob(id, { headers, query, onProgress: heard, onComplete: over, onState: state => setConnected(state === 'live') });
    });
    return () => { left = true; stop(); };
  }, [id, enabled, queries]);
  return connected;
}
