namespace JadaStore.Cli;

/// <summary>What was typed cannot be meant: the process ends with <see cref="ExitCode.Usage"/>.</summary>
/// <param name="message">What is wrong and what would be right, in one line.</param>
internal sealed class UsageException(string message) : Exception(message);
