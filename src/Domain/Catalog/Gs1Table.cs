namespace Fulfillment.Catalog;

/// <summary>
/// The application identifiers of GS1. Source: GS1 General Specifications, section 3 (2026). A line: identifiers
/// (<c>310m</c> stands for 3100 to 3105, <c>-</c> for a range); <c>=</c> when its length is known beforehand and no
/// separator follows, <c>?</c> when it may be a data attribute of a GS1 Digital Link; the parts of its value: <c>N</c>
/// digits, <c>X</c> characters of set 82, <c>Y</c> of set 39, <c>Z</c> of base64url, a length, <c>..</c> up to it, in
/// brackets when it may be missing, and the checks of <see cref="Gs1Checks"/>; what has to be told with it, one of each
/// group behind a <c>+</c>; what may not be told with it (<c>same</c>: another one of its first three digits); the
/// qualifiers, in their order, when it is a key of a Digital Link (<c>-</c>: none, <c>|</c>: or).
/// </summary>
static class Gs1Table
{
    /// <summary>The lines.</summary>
    public const string Lines =
        """
        00;=?;N18,csum;;;-
        01;=?;N14,csum;;255,37;22,10,21|235
        02;=?;N14,csum;+37;01,03
        03;=;N14,csum;;01,02,37
        10;?;X..20;+01,02,03,8006,8026
        11,13,15-16;=?;N6,yymmd0;+01,02,03,8006,8026
        12;=?;N6,yymmd0;+8020
        17;=?;N6,yymmd0;+01,02,03,255,8006,8026
        20;=?;N2;+01,02,8006,8026
        21;;X..20;+01,03,8006;235
        22;;X..20;+01
        235;;X..28;+01
        240-241;?;X..30;+01,02,8006,8026
        242;?;N..6;+01,02,8006,8026
        243,710-717;?;X..20;+01
        250;?;X..30;+01,8006 +21
        251;?;X..30;+01,8006
        253;?;N13,csum [X..17];;;-
        254;;X..20;+414
        255;?;N13,csum [N..12];;01,02,415,8006,8020,8026;-
        30;?;N..8;+01,02
        310m,311m,312m,313m,314m,315m,316m,320m,321m,322m,323m,324m,325m,326m,327m,328m;=?;N6;+01,02;same
        329m,350m,351m,352m,356m,357m,360m,361m,364m,365m,366m;=?;N6;+01,02;same
        330m,331m,332m,333m,334m,335m,336m,340m,341m,342m,343m,344m,345m,346m,347m,348m;=?;N6;+00,01;same
        349m,353m,354m,355m,362m,363m,367m,368m,369m;=?;N6;+00,01;same
        337m;=?;N6;+01;same
        37;?;N..8;+00 +02,8026
        3900-3909;?;N..15;+255,8020;same,391n,394n,8111
        3910-3919;?;N3,iso4217 N..15;+8020;same
        3920-3929;?;N..15;+01 +30,31nn,32nn,35nn,36nn;same,393n
        3930-3939;?;N3,iso4217 N..15;+30,31nn,32nn,35nn,36nn;same
        3940-3943;?;N4;+255;same,8111
        395m;?;N6;+30,31nn,32nn,35nn,36nn;392n,393n,same,8005
        400,7023,90;?;X..30
        401;?;X..30;;;-
        402;?;N17,csum;;;-
        403,4308,4319;?;X..30;+00
        410-413,416;=?;N13,csum
        414;=?;N13,csum;;;254|7040
        415;=?;N13,csum;+8020;;8020
        417;=?;N13,csum;;;7040
        420;?;X..20;;421
        421;?;N3,iso3166 X..9;;4307
        422;?;N3,iso3166;+01,02,8006,8026;426
        423,425;?;N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166;+01,02;426
        424;?;N3,iso3166;+01,02;426
        426;?;N3,iso3166;+01,02
        427;?;X..3;+01,02 +422
        4300-4301,4310-4311,4320;?;X..35,pcenc;+00
        4302,4304-4306,4312,4314-4316;?;X..70,pcenc;+00
        4303;?;X..70,pcenc;+4302
        4307,4317;?;X2,iso3166alpha2;+00
        4309;?;N10,latitude N10,longitude;+00
        4313;?;X..70,pcenc;+4312
        4318;?;X..20;+00
        4321-4323;?;N1,yesno;+00
        4324-4325;?;N6,yymmd0 N4,hhmi;+00
        4326;?;N6,yymmdd;+00
        4330;?;N6 [X1],hyphen;+00;4331
        4331;?;N6 [X1],hyphen;+00;4330
        4332;?;N6 [X1],hyphen;+00;4333
        4333;?;N6 [X1],hyphen;+00;4332
        7001;?;N13;+01,02,8006,8026
        7002;?;X..30;+01,02
        7003;?;N6,yymmdd N4,hhmi;+01,02
        7004;?;N..4;+01&10
        7005;?;X..12;+01,02
        7006;?;N6,yymmdd;+01,02
        7007;?;N6,yymmdd [N6],yymmdd;+01,02
        7008;?;X..3;+01,02
        7009;?;X..10;+01,02
        7010;?;X..2;+01,02
        7011;?;N6,yymmdd [N4],hhmi;+01,02
        7020;?;X..20;+01,8006 +416
        7021,7240,8012;?;X..20;+01,8006
        7022;?;X..20;+7021
        7030-7039;?;N3,iso3166999 X..27;+01,02
        7040;;N1 X1 X1 X1,importeridx
        7041;;X..4,packagetype;+00
        7230-7239;?;X2 X..28;+01,8004
        7241;?;N2,mediatype;+8017,8018
        7242;?;X..25;+8017,8018
        7250;?;N8,yyyymmdd;+8018;7251
        7251;?;N8,yyyymmdd N4,hhmi;+8018;7250
        7252;?;N1,iso5218;+8018
        7253-7254;?;X..40,pcenc;+8017,8018;7256,7259
        7255;?;X..10;+8017,8018;7256,7259
        7256;?;X..90,pcenc;+8017,8018
        7257;?;X..70,pcenc;+8018
        7258;?;X3,posinseqslash;+8018&7259
        7259;?;X..40,pcenc;+8018;7256
        8001;?;N4,nonzero N5,nonzero N3,nonzero N1,winding N1;+01
        8002;?;X..20
        8003;?;N1,zero N13,csum [X..16];;;-
        8004;?;X..30;;;7040
        8005;?;N6;+01,02
        8006;?;N14,csum N4,pieceoftotal;;01,37;22,10,21
        8007;?;X..34,iban;+415
        8008;?;N6,yymmdd N2,hh [N2],mi [N2],ss;+01,02
        8009;?;X..50;+00,01
        8010;?;Y..30;;;8011
        8011;;N..12,nozeroprefix;+8010
        8013;?;X..25,csumalpha;;;-
        8014;;X..25,csumalpha,hasnondigit;+01
        8017;?;N18,csum;;8018;8019
        8018;?;N18,csum;;8017;8019
        8019;;N..10;+8017,8018
        8020;;X..25;+415
        8026;?;N14,csum N4,pieceoftotal;+37;02,8006
        8030;?;Z..90;+00,01&21,253,255,8003,8004,8006&21,8010&8011,8017,8018
        8040;;N15;+01&21
        8041;;N15;+01&21&8040
        8042;;N32;+01&21&8040
        8043;;N18 [N..2];+01&21&8040
        8110;?;X..70,couponcode
        8111;?;N4;+255
        8112;?;X..70,couponposoffer
        8200;;X..70;+01
        91-99;?;X..90
        """;
}
