import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../api/problem";
import { IconLogIn } from "../../../ui/icons";
import { ProblemCard } from "../../../ui/ProblemCard";

// Leaves for a provider. It stays busy until the browser has gone.
export function ProviderButton({ label, leave }: { label: string; leave: () => Promise<void> }) {
  const start = useMutation({ mutationFn: leave });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconLogIn size={18} />}
        loading={start.isPending || start.isSuccess}
        onClick={() => start.mutate()}
      >
        {label}
      </Button>
      {start.isError && <ProblemCard problem={problemOf(start.error)} />}
    </>
  );
}
