using JadaStore.Cli.Output;

namespace JadaStore.Cli.Tests.Output;

public class TableTests
{
    [Fact]
    public void Columns_line_up_and_no_line_ends_in_spaces()
    {
        var table = new Table("NAME", ">SIZE", "NOTE");
        table.Add("v1.0", "7 B", "");
        table.Add("a-long-name", "1.0 KiB", "x");

        Assert.Equal("NAME            SIZE  NOTE\nv1.0             7 B\na-long-name  1.0 KiB  x\n", Text(table));
    }

    /// <summary>日本 takes four columns, é as two marks takes one.</summary>
    [Fact]
    public void Room_is_counted_as_a_terminal_shows_it()
    {
        var table = new Table("A", "B");
        table.Add("日本", "x");
        table.Add("e\u0301", "y");

        Assert.Equal("A     B\n日本  x\ne\u0301     y\n", Text(table));
    }

    [Fact]
    public void A_table_without_rows_prints_nothing() => Assert.Equal("", Text(new Table("A", "B")));

    [Fact]
    public void A_line_is_cut_between_letters() => Assert.Equal("日", Columns.Cut("日本", 3));

    private static string Text(Table table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        table.WriteTo(text);
        return text.ToString();
    }
}
