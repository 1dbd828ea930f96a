import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { session } from '../api/session';

const SEEN = 'invoicing.companies';

/** The companies this browser worked with, the last one first. */
export const seenCompanies = () => JSON.parse(localStorage.getItem(SEEN) ?? '["default"]') as string[];

/** Makes this company the one at work (empty: all of them) and goes to a page of it. */
export function useChooseCompany() {
  const [queries, navigate] = [useQueryClient(), useNavigate()];
  return (company: string, to = '/tickets') => {
    if (company) localStorage.setItem(SEEN, JSON.stringify([...new Set([company, ...seenCompanies()])].slice(0, 20)));
    session.set({ ...session.get(), company });
    queries.clear();
    navigate(to);
  };
}
