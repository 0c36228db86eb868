package org.mdx.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class HtmlTest {

  @Test
  void aPageShouldBeWrittenElementByElement() {
    String page =
        Html.page("en")
            .open("head")
            .empty("meta", "charset", "utf-8")
            .close()
            .open("body")
            .element("p", "a < b & 'c'", "class", "x\"y", "id", null)
            .open("svg")
            .empty("line", "x1", "0")
            .close()
            .text(7)
            .close()
            .finish();

    assertThat(page)
        .isEqualTo(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>"
                + "<p class=\"x&quot;y\">a &lt; b &amp; &#39;c&#39;</p><svg><line x1=\"0\"/></svg>7"
                + "</body></html>\n");
  }

  /** The oracle is the XML parser of the JDK, which knows nothing of the builder. */
  @Test
  void anyTextShouldComeBackFromAParserAsItWas() throws Exception {
    Random random = new Random(12);
    String alphabet = "<>&\"'/=! -abc\n;#x";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String value = text.toString().replace('\n', ' '); // a parser makes line breaks blanks there
      String part = Html.part().open("p", "title", value).text(text.toString()).close().finish();
      Element p =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(part)))
              .getDocumentElement();
      assertThat(p.getTextContent()).isEqualTo(text.toString());
      assertThat(p.getAttribute("title")).isEqualTo(value);
      assertThat(p.getChildNodes().getLength()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void namesShouldBeNamesAndAttributesPairs() {
    assertThatThrownBy(() -> Html.part().open("p onclick"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'p onclick'");
    assertThatThrownBy(() -> Html.part().open("p", "a=b", "c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a=b'");
    assertThatThrownBy(() -> Html.part().open("p", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give pairs");
    assertThatThrownBy(() -> Html.part().open("br"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty()");
  }

  @Test
  void elementsShouldBeClosed() {
    assertThatThrownBy(() -> Html.part().close()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Html.page("en").open("body").finish())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("<body> is not closed");
    assertThatThrownBy(() -> Html.page("en").add(Html.part().open("p")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("<p> is not closed");
  }

  @Test
  void codeShouldNotEndItsElement() {
    assertThat(Html.part().code("style", "a { b: c > d; }\n").finish())
        .isEqualTo("<style>\na { b: c > d; }\n</style>\n");
    assertThatThrownBy(() -> Html.part().code("script", "x = '</script>'"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Html.part().code("p", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
