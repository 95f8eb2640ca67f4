/** Going from one organisation to another, and out: nothing of the one may be seen in the other. */
import { useCallback } from "react";
import { useLogoutMutation } from "../api/greenroom";
import { useAppDispatch } from "../store";
import { organizationChosen, sessionEnded } from "./sessionSlice";

/** What is named in the address belongs to the organisation one leaves. */
export function clearAddress(): void {
  window.history.replaceState(null, "", window.location.pathname);
}

export function useSwitching() {
  const dispatch = useAppDispatch();
  const [logout] = useLogoutMutation();
  const switchTo = useCallback(
    (organization: string | null) => {
      clearAddress();
      dispatch(organizationChosen(organization));
    },
    [dispatch],
  );
  const signOut = useCallback(async () => {
    await logout();
    dispatch(sessionEnded("signed_out"));
  }, [dispatch, logout]);
  return { switchTo, signOut };
}
