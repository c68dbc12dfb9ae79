namespace Fulfillment.Client.Import;

/// <summary>A history that is made up.</summary>
sealed class GeneratedHistory(long lines, int seed) : HistorySource
{
    public override string Name => $"{lines} generated lines, seed {seed}";

    public override Stream Open() => new GeneratedText(lines, seed);
}
