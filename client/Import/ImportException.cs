namespace Fulfillment.Client.Import;

/// <summary>Why an import ends early: one line for the user, and what the process ends with.</summary>
/// <param name="exitCode">One of <see cref="Commands.ExitCode"/>.</param>
/// <param name="message">What is wrong and what to do, in one line.</param>
/// <param name="inner">What it follows from.</param>
sealed class ImportException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Lines of data that were read before; 0 when it went wrong at the header, or earlier.</summary>
    public long LinesBefore { get; init; }
}
