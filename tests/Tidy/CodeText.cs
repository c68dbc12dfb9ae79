namespace Fulfillment.Tests.Tidy;

/// <summary>
/// Tells C# code from what is written in it: comments, and the text of string and character literals, become blanks of
/// the same length. What stands in the holes of an interpolated string is code.
/// </summary>
public sealed class CodeText
{
    readonly string _text;
    readonly char[] _code;
    int _at;

    CodeText(string text) => (_text, _code) = (text, text.ToCharArray());

    /// <summary>The text with blanks for all that is not code.</summary>
    public static string Of(string text)
    {
        CodeText reader = new(text);
        reader.ReadCode(inHole: false);
        return new(reader._code);
    }

    char Next(int offset = 0) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    /// <summary>Reads to the end, or to the brace that closes the hole that it begins in.</summary>
    void ReadCode(bool inHole)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            var c = Next();
            if (c == '/' && Next(1) == '/') Blank(Until("\n"));
            else if (c == '/' && Next(1) == '*') Blank(Until("*/") + 2);
            else if (c == '\'') Blank(Next(1) == '\\' ? _text.IndexOf('\'', _at + 3) - _at + 1 : 3);
            else if (c is '"' or '$' or '@' && TryReadString()) continue;
            else if (inHole && c == '}' && depth == 0) return;
            else
            {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                _at++;
            }
        }
    }

    bool TryReadString()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '$' or '@') _at++;
        if (Next() != '"')
        {
            _at = start;
            _at += Next() is '$' or '@' ? 1 : 0;
            return true;
        }

        var prefix = _text.AsSpan(start, _at - start);
        var (dollars, verbatim) = (prefix.Count('$'), prefix.Contains('@'));
        var quotes = Run('"');
        if (quotes == 2 && !verbatim) _at += 2;
        else if (quotes >= 3 && !verbatim) ReadRaw(quotes, dollars);
        else ReadQuoted(dollars > 0, verbatim);
        return true;
    }

    void ReadQuoted(bool interpolated, bool verbatim)
    {
        _at++;
        while (_at < _text.Length)
        {
            var c = Next();
            var doubled = Next(1) == c;
            if (c == '\\' && !verbatim) Blank(2);
            else if (c == '"' && verbatim && doubled) Blank(2);
            else if (c == '"') break;
            else if (interpolated && c is '{' or '}' && doubled) Blank(2);
            else if (interpolated && c == '{') ReadHole(1);
            else Blank(1);
        }

        _at++;
    }

    void ReadRaw(int quotes, int dollars)
    {
        _at += quotes;
        while (_at < _text.Length)
        {
            if (Next() == '"' && Run('"') >= quotes) break;
            if (dollars > 0 && Next() == '{' && Run('{') >= dollars) ReadHole(dollars);
            else Blank(1);
        }

        _at += Run('"');
    }

    void ReadHole(int braces)
    {
        _at += braces;
        ReadCode(inHole: true);
        _at += braces;
    }

    int Run(char c)
    {
        var count = 0;
        while (Next(count) == c) count++;
        return count;
    }

    int Until(string end) =>
        (_text.IndexOf(end, _at, StringComparison.Ordinal) is >= 0 and var i ? i : _text.Length) - _at;

    void Blank(int count)
    {
        for (var end = Math.Min(_text.Length, _at + count); _at < end; _at++)
            if (_text[_at] != '\n') _code[_at] = ' ';
    }
}
