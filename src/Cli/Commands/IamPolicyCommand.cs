using System.CommandLine;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.Aws.Services.Policy;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore iam-policy</c>: the least that AWS must allow.</summary>
internal static class IamPolicyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var sources = new Argument<string[]>("source")
        {
            Description = "The name of a [[source]] in jstore.toml, s3://BUCKET[/PREFIX], or aws://SERVICE[/REGION]; "
                + "else all that jstore.toml says",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var managed = new Option<bool>("--managed")
        {
            Description = "As a list of policies, each no longer than a managed policy may be",
        };
        var command = new DescribedCommand(
            "iam-policy",
            "Print the least IAM policy that the sources need: it reads, and writes nothing",
            "jstore iam-policy > policy.json     # for everything that jstore.toml says",
            "jstore iam-policy aws://lambda s3://sailjada.com")
        {
            sources, managed,
        };
        door.Does(command, async (run, _) =>
        {
            var grants = SourceGrants.Of(SourceChoice.Of(run.Get(sources), run.Shell.Folder));
            if (grants.IsEmpty)
            {
                throw new UsageException(
                    "None of the sources is AWS's: name some, as in `jstore iam-policy aws://lambda s3://BUCKET`, or "
                    + "write them into jstore.toml (`jstore init --aws`).");
            }

            foreach (string note in grants.Notes)
            {
                run.Notice(note);
            }

            if (run.Get(managed))
            {
                IReadOnlyList<string> policies =
                    ReadOnlyPolicy.Managed(grants.Services, grants.Buckets, grants.FindsRegions);
                await run.Out.WriteAsync($"[\n{string.Join(",\n", policies.Select(one => one.TrimEnd()))}\n]\n")
                    .ConfigureAwait(false);
                return ExitCode.Done;
            }

            string policy = ReadOnlyPolicy.Json(grants.Services, grants.Buckets, grants.FindsRegions);
            if (ReadOnlyPolicy.Size(policy) > ReadOnlyPolicy.MaxManaged)
            {
                run.Notice(
                    $"the policy is longer than the {ReadOnlyPolicy.MaxManaged} characters that a managed policy may "
                    + "have; --managed makes several of it.");
            }

            await run.Out.WriteAsync(policy).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
