import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from './Notices';

/** Something a person does: says so when it is done, says why when it is refused, and has what changed read again. */
export function useAction<V = void, R = unknown>(act: (value: V) => Promise<R>, { done, refresh = [], then }: { done?: string; refresh?: string[]; then?: (result: R) => void } = {}) {
  const [tell, queries] = [useNotice(), useQueryClient()];
  return useMutation({
    mutationFn: act,
    onSuccess: async result => {
      if (done) tell(done);
      then?.(result);
      await Promise.all(refresh.map(key => queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: error => tell(error.message, 'error'),
  });
}
