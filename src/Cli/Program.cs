using JadaStore.Cli;

using var interruption = new Interruption();
return await new CommandLine(Shell.OfProcess()).RunAsync(args, interruption.Token);
