import { useSyncExternalStore } from 'react';
import { session } from './session';

/** The company at work; `default` where an administrator of the platform chose all of them. */
export const useCompany = () => useSyncExternalStore(session.subscribe, session.get).company || 'default';
