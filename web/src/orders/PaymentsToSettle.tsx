/** Money whose end nobody knows: it is asked for again here, or given up by a person who knows better. */
import { useRef, useState } from "react";
import { useEndPaymentMutation, usePaymentsQuery, useRefundsQuery } from "../api/office";
import { useMeQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { Payment, Problem } from "../api/types";
import { EntityLine } from "../cards/registry";
import { orderOpened } from "../panel/panelSlice";
import { useAppDispatch } from "../store";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";

function UnknownPayment({ payment, mayEnd }: { payment: Payment; mayEnd: boolean }) {
  const [end, { isLoading }] = useEndPaymentMutation();
  const [sure, setSure] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // One key per way until the server has answered, so that a lost answer cannot act twice.
  const keys = useRef<Record<string, string>>({});
  const go = async (way: "settle" | "give-up") => {
    setProblem(null);
    const key = (keys.current[way] ??= crypto.randomUUID());
    const answer = await end({ id: payment.id, way, key });
    const found = answer.error ? problemOf(answer.error) : null;
    if (found?.status !== 0) keys.current = {};
    setProblem(found);
    setSure(false);
  };
  return (
    <>
      <EntityLine value={payment} />
      {mayEnd && (
        <div className="flex flex-wrap gap-2 px-3.5 pb-3">
          {sure ? (
            <>
              <p className="w-full text-[13px] text-ink-soft">Give it up only when you know that no money came. Money that comes after all is still taken.</p>
              <Button weight="danger" busy={isLoading} onClick={() => void go("give-up")}>
                Yes, give it up
              </Button>
              <Button weight="quiet" onClick={() => setSure(false)}>
                Keep it
              </Button>
            </>
          ) : (
            <>
              <Button busy={isLoading} onClick={() => void go("settle")}>
                Ask the provider now
              </Button>
              <Button weight="quiet" onClick={() => setSure(true)}>
                Give up…
              </Button>
            </>
          )}
        </div>
      )}
      {problem && (
        <div className="px-3.5 pb-3">
          <Notice tone="warn" title={problemText(problem)} role="alert">
            {problem.remedy}
          </Notice>
        </div>
      )}
    </>
  );
}

export function PaymentsToSettle() {
  const dispatch = useAppDispatch();
  const { data: me } = useMeQuery();
  const fresh = { refetchOnMountOrArgChange: true };
  const payments = usePaymentsQuery({ status: "unknown" }, fresh);
  const unknown = useRefundsQuery({ status: "unknown" }, fresh);
  const failed = useRefundsQuery({ status: "failed" }, fresh);
  const error = payments.error ?? unknown.error ?? failed.error;
  if (error) return <p className="text-[14px] text-bad">{problemText(problemOf(error))}</p>;
  if (!payments.data || !unknown.data || !failed.data) return <p className="text-[14px] text-ink-faint">Looking for money that is open…</p>;
  const refunds = [...unknown.data.items, ...failed.data.items];
  if (payments.data.items.length + refunds.length === 0) return <p className="text-ink-soft">Nothing to look at: every payment and refund has a known end.</p>;
  return (
    <>
      <p className="text-[14px] text-ink-soft">Payments and refunds whose end nobody knows, and refunds that failed.</p>
      <ul className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
        {payments.data.items.map((payment) => (
          <li key={payment.id}>
            <UnknownPayment payment={payment} mayEnd={me?.scopes.includes("orders:write") ?? false} />
          </li>
        ))}
        {refunds.map((refund) => (
          <li key={refund.id}>
            <EntityLine value={refund} />
            <div className="px-3.5 pb-3">
              <Button onClick={() => dispatch(orderOpened(refund.order_id))}>Open order {refund.order_number}</Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
