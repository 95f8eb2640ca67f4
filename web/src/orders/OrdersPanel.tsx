/** The office beside the chat: orders, money to look at, mails. */
import { useState } from "react";
import { useMeQuery } from "../api/greenroom";
import { orderClosed } from "../panel/panelSlice";
import { useAppDispatch, useAppSelector } from "../store";
import { Choices } from "../ui/Choices";
import { Mails } from "./Mails";
import { OrderDetail } from "./OrderDetail";
import { OrderList } from "./OrderList";
import { PaymentsToSettle } from "./PaymentsToSettle";

const PARTS = ["Orders", "Payments", "Mails"] as const;
type Part = (typeof PARTS)[number];

export default function OrdersPanel() {
  const dispatch = useAppDispatch();
  const openId = useAppSelector((state) => state.panel.orderId);
  const { data: me } = useMeQuery();
  const [part, setPart] = useState<Part>("Orders");
  const offered = PARTS.filter((name) => name !== "Mails" || me?.scopes.includes("mails:read"));
  if (openId) return <OrderDetail key={openId} id={openId} onBack={() => dispatch(orderClosed())} />;
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <h2 className="sr-only">{part}</h2>
      <Choices label="Parts of the office" all={offered} chosen={part} onChoose={setPart} joined />
      {part === "Orders" && <OrderList />}
      {part === "Payments" && <PaymentsToSettle />}
      {part === "Mails" && <Mails />}
    </div>
  );
}
