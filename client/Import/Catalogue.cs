namespace Fulfillment.Client.Import;

/// <summary>An article of a made-up shop.</summary>
sealed record Article(string Code, string Title, decimal Price);

/// <summary>A customer of a made-up shop.</summary>
sealed record Shopper(string Number, string Country);

/// <summary>What a made-up shop sells, and to whom; a few of both are busy, most are not.</summary>
sealed class Catalogue
{
    const int ArticleCount = 3_700, ShopperCount = 4_300, Abroad = 8;

    static readonly string[] Colours =
    [
        "WHITE", "RED", "PINK", "BLUE", "IVORY", "GREEN", "BLACK", "CREAM", "RED RETROSPOT", "VINTAGE", "GINGHAM",
        "SKULL, PINK",
    ];

    static readonly string[] Materials =
        ["HANGING", "METAL", "WOODEN", "GLASS", "CERAMIC", "KNITTED", "PAPER", "ENAMEL", "SET OF 6", "SET/3"];

    static readonly string[] Things =
    [
        "HEART T-LIGHT HOLDER", "LANTERN", "CAKE STAND 3 TIER", "LUNCH BAG", "DOORMAT", "BUNTING", "COAT HANGER",
        "ALARM CLOCK", "CAKE CASES", "JAM MAKING SET", "UMBRELLA", "TEA TOWEL", "PHOTO FRAME", "MUG", "WATER BOTTLE",
        "SEWING KIT",
    ];

    static readonly int[] Pence =
        [29, 42, 65, 85, 125, 165, 195, 210, 255, 295, 375, 425, 495, 595, 795, 995, 1275, 1695, 2500, 16500];

    static readonly string[] Countries =
    [
        "Germany", "France", "EIRE", "Spain", "Netherlands", "Belgium", "Switzerland", "Portugal", "Australia",
        "Channel Islands", "Norway", "Italy", "Finland", "Japan", "USA", "Unspecified", "European Community",
    ];

    readonly Article[] _articles = new Article[ArticleCount];
    readonly Shopper[] _shoppers = new Shopper[ShopperCount];
    readonly long[] _articleSums, _shopperSums;

    public Catalogue(Chance chance)
    {
        for (var i = 0; i < ArticleCount; i++) _articles[i] = Make(i, chance);
        for (var i = 0; i < ShopperCount; i++)
        {
            var country = chance.Below(100) < Abroad ? chance.One(Countries) : "United Kingdom";
            _shoppers[i] = new($"{12_346 + i}.0", country);
        }

        (_articleSums, _shopperSums) = (Sums(ArticleCount), Sums(ShopperCount));
    }

    /// <summary>An article; busy ones more often.</summary>
    public Article AnyArticle(Chance chance) => _articles[chance.Weighted(_articleSums)];

    /// <summary>An article that nobody buys much.</summary>
    public Article RareArticle(Chance chance) => _articles[ArticleCount - 1 - chance.Below(ArticleCount / 10)];

    /// <summary>A customer; busy ones more often.</summary>
    public Shopper AnyShopper(Chance chance) => _shoppers[chance.Weighted(_shopperSums)];

    static Article Make(int index, Chance chance)
    {
        // 20001 to 94001: five digits each, all different; one in nine has a letter for its variant.
        var code = $"{20_001 + (index * 20)}";
        if (chance.Of(110_000)) code += (char)('A' + chance.Below(6));
        else if (chance.Of(1_000)) code += "BL";
        else if (chance.Of(4_000)) code = $"DCGS{index:0000}";
        var title = $"{chance.One(Colours)} {chance.One(Materials)} {chance.One(Things)}";
        return new(code, title, chance.One(Pence) / 100m);
    }

    /// <summary>Weights that fall with the rank, about as sales do: the first has half a percent of all.</summary>
    static long[] Sums(int count)
    {
        var sums = new long[count];
        long sum = 0;
        for (var i = 0; i < count; i++) sums[i] = sum += 1_000_000_000 / (i + 50);
        return sums;
    }
}
