namespace Fulfillment.Client.Papers;

/// <summary>A size of paper, in points of 1/72 inch.</summary>
public readonly record struct PaperSize(float Width, float Height)
{
    /// <summary>ISO 216 A4, upright.</summary>
    public static readonly PaperSize A4 = Millimetres(210, 297);

    /// <summary>A label of 100 x 50 mm.</summary>
    public static readonly PaperSize Label = Millimetres(100, 50);

    /// <summary>A label of 100 x 150 mm, as carriers and logistic units have it.</summary>
    public static readonly PaperSize TallLabel = Millimetres(100, 150);

    /// <summary>So many millimetres in points.</summary>
    public static float Mm(float millimetres) => millimetres * 72 / 25.4f;

    /// <summary>In whole points: a page of a PDF is made of these.</summary>
    static PaperSize Millimetres(float width, float height) => new(MathF.Round(Mm(width)), MathF.Round(Mm(height)));
}
